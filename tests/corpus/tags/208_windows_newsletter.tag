subject: Our window cleaning round | lang: en | units: 33
4-6 l
8-9 w
10-12 b*
17-18 b*
19 b
21-22 t
24 l
25 b*
26 l
27 b
28 x
30 b
31 c
