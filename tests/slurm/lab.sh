# SPDX-License-Identifier: Apache-2.0
# lab.sh: a Slurm with accounting for one test, on one machine: munge, MariaDB, slurmdbd, slurmctld and a slurmd for each of
# four nodes that pretend to be large. To be read by a script that runs in namespaces of its own (lab_enter): it has only a
# loopback there, and when the script ends all that was started ends with it. Nothing outside LAB is written.
# shellcheck shell=bash

LAB_NEEDS='munged mariadbd mariadb mariadb-install-db slurmdbd slurmctld slurmd sacct sacctmgr sbatch scancel scontrol'
LAB_PORT=26800

lab_fail() { echo "lab: $*" >&2; exit 1; }

# lab_enter SCRIPT ARGUMENT...: runs it in namespaces of its own, with LAB_USERS=many when people can be made up there
# (root), else LAB_USERS=one. Exits with 77 where that cannot be.
lab_enter()
{
	local need namespaces=(--net --pid --fork --kill-child --mount-proc)
	PATH=$PATH:/usr/sbin:/sbin
	for need in $LAB_NEEDS; do
		command -v "$need" > /dev/null || { echo "skipped: $need is not installed"; exit 77; }
	done
	if [ "$(id -u)" = 0 ] && unshare --mount --uts --ipc "${namespaces[@]}" true 2> /dev/null; then
		LAB_USERS=many exec unshare --mount --uts --ipc "${namespaces[@]}" bash "$@"
	elif unshare --user --map-current-user --keep-caps "${namespaces[@]}" true 2> /dev/null; then
		LAB_USERS=one exec unshare --user --map-current-user --keep-caps "${namespaces[@]}" bash "$@"
	fi
	echo 'skipped: this machine allows no network namespace'
	exit 77
}

# lab_wait WHAT COMMAND...: for at most two minutes.
lab_wait()
{
	local what=$1 deadline=$((SECONDS + 120))
	shift
	until "$@" > /dev/null 2>&1; do
		[ $SECONDS -lt $deadline ] || { tail -n 5 "$LAB"/log/* >&2; lab_fail "gave up waiting for $what"; }
		sleep 0.1
	done
}

lab_write_slurm_conf()
{
	cat << END
ClusterName=lab
SlurmctldHost=$LAB_HOST(127.0.0.1)
SlurmUser=$LAB_ME
SlurmdUser=$LAB_ME
SlurmctldPort=$LAB_PORT
SrunPortRange=$((LAB_PORT + 100))-$((LAB_PORT + 300))
AuthType=auth/munge
AuthInfo=socket=$LAB/run/munge.socket,cred_expire=5
CredType=cred/munge
StateSaveLocation=$LAB/state
SlurmdSpoolDir=$LAB/spool/%n
SlurmctldPidFile=$LAB/run/slurmctld.pid
SlurmdPidFile=$LAB/run/slurmd.%n.pid
SlurmctldLogFile=$LAB/log/slurmctld
SlurmdLogFile=$LAB/log/slurmd.%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
MailProg=/bin/true
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
JobAcctGatherParams=OverMemoryKill
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=127.0.0.1
AccountingStoragePort=$((LAB_PORT + 1))
AccountingStoragePass=$LAB/run/munge.socket
AccountingStorageTRES=gres/gpu,gres/gpu:a100
AccountingStorageEnforce=associations
GresTypes=gpu
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=2,bf_interval=2,bf_continue,bf_min_prio_reserve=4294967294
PriorityType=priority/basic
RequeueExit=99
ReturnToService=2
KillWait=1
NodeName=cn[1-3] NodeHostname=$LAB_HOST NodeAddr=127.0.0.1 Port=[$((LAB_PORT + 11))-$((LAB_PORT + 13))] Sockets=2 CoresPerSocket=16 ThreadsPerCore=2 RealMemory=256000
NodeName=gpu1 NodeHostname=$LAB_HOST NodeAddr=127.0.0.1 Port=$((LAB_PORT + 14)) Sockets=2 CoresPerSocket=16 RealMemory=512000 Gres=gpu:a100:4
PartitionName=batch Nodes=cn[1-3] Default=YES DefaultTime=10 MaxTime=UNLIMITED DefMemPerCPU=1000
PartitionName=gpu Nodes=gpu1 MaxTime=UNLIMITED DefMemPerGPU=10000
PartitionName=closed Nodes=cn[1-3] State=DOWN
END
}

lab_write_slurmdbd_conf()
{
	cat << END
AuthType=auth/munge
AuthInfo=socket=$LAB/run/munge.socket
DbdHost=localhost
DbdAddr=127.0.0.1
DbdPort=$((LAB_PORT + 1))
SlurmUser=$LAB_ME
LogFile=$LAB/log/slurmdbd
PidFile=$LAB/run/slurmdbd.pid
StorageType=accounting_storage/mysql
StorageHost=localhost
StorageUser=slurm
StoragePass=lab
StorageLoc=slurm_acct
Parameters=PreserveCaseUser
END
}

# People who exist only in here: "NAME UID GROUP GID" a line.
lab_make_people()
{
	local name uid group gid
	hostname "$LAB_HOST"
	cp /etc/passwd /etc/group "$LAB/etc"
	{ cat /etc/hosts; echo "127.0.0.1 $LAB_HOST"; } > "$LAB/etc/hosts"
	while read -r name uid group gid; do
		grep -q ":$gid:" "$LAB/etc/group" || echo "$group:x:$gid:" >> "$LAB/etc/group"
		echo "$name:x:$uid:$gid::$LAB/home:/bin/bash" >> "$LAB/etc/passwd"
	done < "$1"
	for name in passwd group hosts; do mount --bind "$LAB/etc/$name" "/etc/$name"; done
}

lab_start_database()
{
	local database=(mariadb --no-defaults --user=root "--socket=$LAB/db/socket")
	head -c 128 /dev/urandom > "$LAB/run/munge.key"
	chmod 600 "$LAB/run/munge.key"
	munged --force --key-file="$LAB/run/munge.key" --socket="$LAB/run/munge.socket" --pid-file="$LAB/run/munged.pid" \
		--log-file="$LAB/log/munged" --seed-file="$LAB/run/munge.seed" || lab_fail 'munged does not start'
	mariadb-install-db --no-defaults --user="$LAB_ME" --datadir="$LAB/db/data" --auth-root-authentication-method=normal \
		--skip-test-db > "$LAB/log/install-db" 2>&1 || lab_fail "$(tail -n 3 "$LAB/log/install-db")"
	setsid mariadbd --no-defaults --user="$LAB_ME" --datadir="$LAB/db/data" --socket="$LAB/db/socket" \
		--pid-file="$LAB/run/mariadbd.pid" --skip-networking --innodb-buffer-pool-size=64M --innodb-log-file-size=32M \
		--innodb-lock-wait-timeout=900 --innodb-flush-log-at-trx-commit=0 --skip-log-bin --character-set-server=utf8mb4 \
		--collation-server=utf8mb4_general_ci --log-error="$LAB/log/mariadb" < /dev/null > /dev/null 2>&1 &
	lab_wait 'the database' "${database[@]}" -e 'SELECT 1'
	"${database[@]}" -e "CREATE DATABASE slurm_acct; CREATE USER slurm@localhost IDENTIFIED BY 'lab';
		GRANT ALL ON slurm_acct.* TO slurm@localhost" || lab_fail 'no database'
	# slurmdbd has no option for a socket; the library that it uses has this one.
	MYSQL_UNIX_PORT=$LAB/db/socket slurmdbd || lab_fail 'slurmdbd does not start'
	lab_wait slurmdbd sacctmgr -nP list cluster
}

# lab_up DIR PEOPLE ASSOCIATIONS: files of people and of commands for sacctmgr. Sets LAB and SLURM_CONF.
lab_up()
{
	local line node
	LAB=$1 LAB_ME=$(id -un) LAB_HOST=labhost
	[ "$LAB_USERS" = many ] || LAB_HOST=$(uname -n)
	mkdir -p "$LAB"/{conf,run,log,db,state,spool,home,etc,dev}
	chmod 755 "$LAB" "$LAB/run"
	chmod 1777 "$LAB/home"
	ip link set lo up
	# slurmdbd looks its own name up only on a machine with an address that is not the loopback's.
	ip addr add 192.0.2.77/32 dev lo
	[ "$LAB_USERS" = one ] || lab_make_people "$2"
	export SLURM_CONF=$LAB/conf/slurm.conf
	lab_write_slurm_conf > "$SLURM_CONF"
	lab_write_slurmdbd_conf > "$LAB/conf/slurmdbd.conf"
	chmod 600 "$LAB/conf/slurmdbd.conf"
	touch "$LAB"/dev/gpu{0..3}
	echo "NodeName=gpu1 Name=gpu Type=a100 File=$LAB/dev/gpu[0-3]" > "$LAB/conf/gres.conf"
	lab_start_database
	sacctmgr -iQ add cluster lab > /dev/null
	# Before slurmctld starts: those made while it does are missed.
	while read -r line; do
		# shellcheck disable=SC2086
		sacctmgr -iQ $line < /dev/null > "$LAB/log/sacctmgr" 2>&1 || lab_fail "sacctmgr $line: $(cat "$LAB/log/sacctmgr")"
	done < "$3"
	slurmctld 2> "$LAB/log/slurmctld.start" || lab_fail 'slurmctld does not start'
	lab_wait slurmctld sh -c 'scontrol ping | grep -q "is UP"'
	for node in cn1 cn2 cn3 gpu1; do
		mkdir -p "$LAB/spool/$node"
		slurmd -N "$node" 2> "$LAB/log/slurmd.$node.start" || lab_fail "slurmd of $node does not start"
	done
	lab_wait 'idle nodes' sh -c '[ "$(sinfo -h -N -o %T | sort -u)" = idle ]'
}

# lab_as USER COMMAND...: as one of the people; as oneself where nobody else can be.
lab_as()
{
	local user=$1
	shift
	if [ "$LAB_USERS" = one ]; then
		(cd "$LAB/home" && "$@")
	else
		(cd "$LAB/home" && setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups env -i HOME="$LAB/home" \
			PATH=/usr/bin:/bin SHELL=/bin/bash LANG=C.UTF-8 SLURM_CONF="$SLURM_CONF" "$@")
	fi
}
