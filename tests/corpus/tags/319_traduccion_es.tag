subject: Traducción jurada | lang: es | units: 30
2 d
3 h
4 w
10 w
11-12 b*
13 b*!
14-16 b*
17 b
19 a
20-21 b*
22 t
24-26 l
27 x
29 c
