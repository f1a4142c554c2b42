subject: Die Klavierstimmung | lang: de | units: 38
4-5 w
8-11 b*
12 b
13 l
14-15 b*
16 b*! Ersparnis
18-20 w
21-22 l
23 b*
25-30 l
32-33 x
35 h
36 t
37 c
