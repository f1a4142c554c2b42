subject: Forest nursery | lang: en | units: 35
3 t
4 d
5 h
7-9 w
10 l
12-16 b*
17 b*!
18 b
20-22 b*
23 l
24 b*
27-28 x
31 l
32 a
34 c
