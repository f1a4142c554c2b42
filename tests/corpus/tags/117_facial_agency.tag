subject: Facial | lang: en | units: 35
3-4 b*
5 b
7-9 w
11-14 b*
15-16 b*!
17-19 b*
22-24 w
27-28 x
29 x!
31-32 l
33 t
34 c
