subject: Low-moisture carpet cleaning | lang: en | units: 34
6 b*
7-8 w
9 b*
11 w
12 b*
14 b*
15 t
17-18 b*
19 b
22 l
23 b*
26 b*!
27 x
28 o!
29 c
30 b
33 l
