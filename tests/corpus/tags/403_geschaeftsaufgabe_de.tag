subject: Der Stoffladen | lang: de | units: 32
2 h
5-6 h
9-13 l
15-16 l
23-24 l
27 t
29 c
