subject: Regular grooming | lang: en | units: 35
3 c
4 b*
6-7 b*
9-10 b*
12 w
13 b*!
14 x
16 b*
17 t
18 b*
19 w
20-22 b*
24 b*
29 b*
31 x
32-33 l
34 c
