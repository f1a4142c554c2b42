subject: Sprachkurse in der Sprachschule Lindenhof | lang: de | units: 29
5 d
6 h
7-8 w
9 l
11-15 b*
16 b
17 l
18 b*
19 t
21 a
22 x
23 b*
25-26 l
28 c
