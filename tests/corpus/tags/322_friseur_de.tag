subject: Trockenhaarschnitt im Salon Lotte | lang: de | units: 31
5 d
6 h
7-8 w
10-14 b*
15 b
16 l
17-18 b*
19 b*!
20 b!
26-27 l
28 x
29 a
30 c
