subject: Rail trips by Slow Lines | lang: en | units: 31
1 h
2 o!
4 t
5 h
7 w
8-9 b*
11-15 b*
17 b!
19 b*!
22 b*
23 b
24 t
26-27 l
28 a
29 x
30 c
