subject: Corner Barbers | lang: en | units: 30
1-3 h
10 d
11-12 w
13-14 x
21-24 l
25 t
26 a
28 c
29 l
