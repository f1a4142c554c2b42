subject: Clear aligners | lang: en | units: 35
6 d
7 h
8 w
9 b*
12 d
13 w
14 l
16-22 b*
25 x
27 o!
29 b*
30 b
31 t
32 b!
34 c
