subject: The plumbing service | lang: en | units: 25
3-4 l
6-9 l
10-11 l
18-19 h
