subject: IT support from Quaywire | lang: en | units: 33
4 o! do you suffer
6-8 b*
9 w
10 b*
11 b!
12 l
13 b
15 d
16-17 w
18-21 b*
24 o!
26 h
28 l
29 x
30 a
31 t
32 c
