subject: The Keyfold smart lock | lang: en | units: 27
2 h
3 d
4 w
5 b*
6 w
7 o!
9 t
10-15 b*
16 b
17 t
21 x
22-23 l
24 b
26 c
