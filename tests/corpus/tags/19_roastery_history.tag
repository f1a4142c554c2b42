subject: The roastery | lang: en | units: 24
1-18 h
