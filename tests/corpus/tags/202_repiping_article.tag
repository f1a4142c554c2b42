subject: Whole-house repiping | lang: en | units: 32
1 d
2 h
18-19 w
20 l
21-22 b*
23 l
25-26 b*
27 b
28 b*
29 x
30 b*
31 c
