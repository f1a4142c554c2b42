subject: Acupuncture | lang: en | units: 34
4 d
5-6 h
7-8 w
10 b*
11 b*!
12 b*
13 b*! hay fever
14-15 b*
16 b
17 b*!
19-20 w
21 b*
22-23 l
25-27 x
32 t!
33 c
