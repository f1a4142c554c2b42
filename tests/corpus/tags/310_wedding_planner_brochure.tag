subject: Wedding planning | lang: en | units: 29
5-6 b*
7 b*!
8 w
9 b*
10 l
11 b*
12 b
18 w
19-21 b*
22 t!
23 h
25 l
26 a
27 x
28 c
