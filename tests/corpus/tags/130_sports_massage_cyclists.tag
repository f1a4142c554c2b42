subject: Sports massage | lang: en | units: 35
4 w
7 b*
8 w
9-11 b*
12 w
13-15 b*
16 b*!
19-21 b*
23 o!
24 w
25 o!
27 l
28-29 x
31 l
32 b*
33 t
34 c
