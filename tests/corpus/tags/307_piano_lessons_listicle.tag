subject: Adult piano lessons | lang: en | units: 31
4 b*
6 b*
9 l
10 b*
11 w
12-13 b*
16 w
17 b!
18 x
21 d
22 b*
23 t
24 b
26 l
27 b*
29 l
30 c
