subject: Family photo session | lang: en | units: 29
4-5 w
6 b*
7 l
9 w
10 b*
11 w
12-13 b*
14 l
16 l
17-19 b*
21 t
22 b
24 l
25 b*
26 x
28 c
