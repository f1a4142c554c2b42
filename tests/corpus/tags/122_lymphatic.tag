subject: Lymphatic drainage massage | lang: en | units: 35
3-6 w
7 h
9 b*
10 b*!
11-14 b*
15 b
16 b*
17 b
19 o!
20 x!
21 x
23-26 x
28-31 l
33 t!
34 c
