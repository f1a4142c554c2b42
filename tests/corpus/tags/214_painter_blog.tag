subject: Limewash | lang: en | units: 30
1-2 t
3 d
4 h
5 w
9-10 b*
11 w
13 b*
14 b
15 b*
16 t
17 b*
19 b
22-23 x
25 l
26 b*
28 c
