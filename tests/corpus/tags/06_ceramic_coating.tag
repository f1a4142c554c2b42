subject: A ceramic coating | lang: en | units: 28
1 b*
2 b
3-4 d
6-9 b*
11 b*! absolute
12 x
15-16 w
18 t
20 x
21-26 l
27 c
