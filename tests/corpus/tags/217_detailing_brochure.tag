subject: A full interior detail | lang: en | units: 32
7-10 w
12-15 b*
16 b
17 b*!
18 l
20 b*
21 b*!
23 b*
24 b
25-26 l
27-28 x
29-30 t
31 c
