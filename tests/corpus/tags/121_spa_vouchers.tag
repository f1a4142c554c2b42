subject: Spa day | lang: en | units: 35
4-6 l
8 b*
10-15 b*
17-19 w
20 b*
24 b
28 l
29-30 x
31 l
32 t
34 c
