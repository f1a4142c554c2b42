subject: Hot stone massage | lang: en | units: 31
2 t
5-7 w
8-9 b*
14-15 b*
16 t
19 l
20 x
21-22 b*
24 x
25 l
27 b
28-29 b*
30 c
