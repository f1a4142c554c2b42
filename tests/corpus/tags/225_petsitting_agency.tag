subject: In-home pet sitting | lang: en | units: 29
0 b*
7-8 b*
9-10 w
12 b*!
13-14 b*
15 b
16-17 l
19-21 b*
22 t
24 l
25 x
27 l
28 c
