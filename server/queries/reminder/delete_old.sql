DELETE FROM reminder WHERE day < $1
