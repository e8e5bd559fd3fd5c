return (("dofile"):luacov_ts())()
