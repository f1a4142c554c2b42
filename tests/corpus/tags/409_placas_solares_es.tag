subject: La limpieza de placas solares | lang: es | units: 32
9-11 w
12 l
14 b*! porcentaje
15-17 b*
18 b
19 l
20-21 b*
22 t
24-26 x
28-29 l
30 h
31 c
