subject: Chair yoga | lang: en | units: 35
1 a
3 d
4 h
6-7 b*
8 b! conditions of mood
9 b*! blood pressure
10 b*
12 x
13 b*
15 b! a named disease
16 b! immune system
17 x
21-22 w
23 l
24-27 w
29-32 x
33 b*
34 l
