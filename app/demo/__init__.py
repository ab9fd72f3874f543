"""The training regency: an invented Kabupaten Lumbung Raya to practise with."""
