subject: The six-week Calm Walks course | lang: en | units: 35
1-2 b*
3 b
4 b*
11 o!
13-16 w
18-21 b*
22 b
23 b*!
24 l
25-26 b*
27 t
29 a
30-31 x
32 l
34 c
