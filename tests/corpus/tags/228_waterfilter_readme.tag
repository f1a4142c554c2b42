subject: The Brook under-sink filter | lang: en | units: 36
1 d
4-6 b*
7 b*!
8 b*
9 b*!
10 b*
11 b
12 b*
14-17 w
19-21 l
24-26 w
27 b*
28 b
29-30 x
32 l
34 b
35 c
