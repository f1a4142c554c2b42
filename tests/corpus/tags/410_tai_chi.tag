subject: Tai chi | lang: en | units: 29
3 d
4 h
6 w
8-11 b*
12 b! named conditions
13 b
14-15 b*
17 o!
18 x
20 a
21 x
22 t
24-27 l
28 c
