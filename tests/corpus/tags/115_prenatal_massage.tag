subject: Prenatal massage | lang: en | units: 34
4-5 b*
6 b*!
7-9 b*
10 l
12-13 w
14 b*
16-18 x
22 o!
23 b*
24 t
26-29 b*
31-32 l
33 c
