subject: Yoga classes | lang: en | units: 35
3 t
6-8 w
9 l
11-18 b*
21 h
25 a
27 b*
29-30 x
32-33 l
34 c
