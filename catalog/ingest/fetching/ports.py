"""Ports behind which something else than a web server listens."""

WEB_PORTS = frozenset({80, 443})
FIRST_FREE = 1024
"""Below it are the ports of the system's services: mail, shells, files, directories. Only the web's are asked."""
OTHER_SERVICES = frozenset(
    {
        *(1433, 1521, 3306, 5432, 5433, 6432, 27017, 27018, 27019, 50000),  # databases
        *(6379, 6380, 11211, 5984, 7000, 7001, 9042, 9160, 9200, 9300),  # caches and stores
        *(2375, 2376, 2379, 2380, 6443, 8472, 10250, 10255, 10256),  # containers
        *(1883, 4369, 5671, 5672, 61613, 61616, 9092, 2181),  # queues
        *(1719, 1720, 1723, 2049, 3389, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 10080),  # calls, screens, files
        *(5900, 5985, 5986, 6665, 6666, 6667, 6668, 6669, 6679, 6697),  # remote control, chat
    }
)


def is_web_port(port: int) -> bool:
    """Whether a feed may be asked for there."""
    if port < FIRST_FREE:
        return port in WEB_PORTS
    return port not in OTHER_SERVICES
