subject: A Gentle Transitions move | lang: en | units: 33
3 t
8 d
10-13 w
14 t
16-18 b*
19 b*!
20 b*
21 b
22 t
23 b*!
25-26 l
27-28 x
32 c
