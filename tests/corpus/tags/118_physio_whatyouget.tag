subject: Physiotherapy | lang: en | units: 35
4-8 b*
9-10 l
11 b*!
13-15 w
17-18 b*
19 b
24 o!
26 a
27 b*!
29-30 x
31-32 l
33 t
34 c
