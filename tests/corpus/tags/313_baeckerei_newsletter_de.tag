subject: Sauerteigbrot der Bäckerei Halm | lang: de | units: 30
2 t
5 d
6-7 w
8-10 b*
11 x
12 l
14 l
15-19 b*
20 b
24 h
25 t
27 l
28 a
29 c
