subject: The BOSCO sofa bed | lang: en | units: 31
2 h
8 w
9-10 b*
11 w
12 b*
15 w
16 b*
17 b*!
19 w
20 b*
21 b
22 b*
23 b
25-27 l
28-29 x
30 c
