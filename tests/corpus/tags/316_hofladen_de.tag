subject: Gemüsekiste vom Hofladen Brinkmann | lang: de | units: 33
2 l
3 w
4 b*
6 l
7-8 b*
12-14 b*
17 l
18 b*!
19 x
22 w
23 b!
26 h
28 b
29 t
31 c
32 l
