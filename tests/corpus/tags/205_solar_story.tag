subject: Rooftop solar with Sunledge | lang: en | units: 28
2 o!
3 t
4 h
8-11 w
12 l
13 b
15 t!
16 b*
17-18 t
20 b*!
21-22 b*
23 b*!
24 b
25 x
27 c
