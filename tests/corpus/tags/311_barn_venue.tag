subject: Stonefold Barn | lang: en | units: 31
1 d
2 h
4-7 l
8 b*
10 w
11-12 b*
13 w
14-17 b*
19 b*
22 l
25 x
26 b*
27 l
28 x
29 b
30 c
