subject: Weekly flowers from Quince & Twine | lang: en | units: 33
3 o!
5-6 l
8-9 w
10-14 b*
15 b
17 w
18 b*!
19 b*
27 x
28 b*
29 t
30 a
32 c
