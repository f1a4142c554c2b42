subject: Independent insurance broker | lang: en | units: 30
2 d
3 w
4 b*
7 l
8 b*!
9 x
13-15 b*
16 t
18 x
19 a
22-23 b*
24 b
26 w
27 b*
28 l
29 c
