#Requires -RunAsAdministrator
<#
Memasang Lumbung Inovasi sebagai tugas Windows: berjalan sejak komputer menyala, penjagaan tiap malam, pengingat tiap hari kerja.
Jalankan di PowerShell sebagai Administrator, dari folder aplikasi ini:
    powershell -ExecutionPolicy Bypass -File pemasangan\windows\pasang-tugas.ps1
Melepasnya lagi: lepas-tugas.ps1. Aman diulang: tugas yang lama diganti.
#>
param(
    [string]$Data = "$env:ProgramData\LumbungInovasi",
    [string]$Akun = "NT AUTHORITY\LOCAL SERVICE"
)
$ErrorActionPreference = "Stop"
$Folder = (Resolve-Path "$PSScriptRoot\..\..").Path
$Python = Join-Path $Folder ".venv\Scripts\python.exe"

if (-not (Test-Path $Python)) {
    throw "Pustaka belum terpasang. Jalankan dulu di folder ${Folder}: py lumbung.py --data `"$Data`" siapkan"
}

New-Item -ItemType Directory -Force -Path $Data | Out-Null
# Hanya akun layanan dan Administrator yang boleh membuka folder data
icacls $Data /inheritance:r /grant:r "*S-1-5-19:(OI)(CI)M" "*S-1-5-32-544:(OI)(CI)F" "*S-1-5-18:(OI)(CI)F" | Out-Null
if ($LASTEXITCODE) { throw "Izin folder $Data tidak dapat diatur." }

$Pelaku = New-ScheduledTaskPrincipal -UserId $Akun -LogonType ServiceAccount
$Terus = New-ScheduledTaskSettingsSet -StartWhenAvailable -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) `
    -ExecutionTimeLimit ([TimeSpan]::Zero) -MultipleInstances IgnoreNew -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
$Sekali = New-ScheduledTaskSettingsSet -StartWhenAvailable -ExecutionTimeLimit (New-TimeSpan -Hours 6) -MultipleInstances IgnoreNew

function Add-Tugas($Nama, $Perintah, $Pemicu, $Setelan, $Keterangan) {
    $Aksi = New-ScheduledTaskAction -Execute $Python -Argument "lumbung.py --data `"$Data`" $Perintah" -WorkingDirectory $Folder
    Register-ScheduledTask -TaskPath "\Lumbung Inovasi\" -TaskName $Nama -Action $Aksi -Trigger $Pemicu -Principal $Pelaku `
        -Settings $Setelan -Description $Keterangan -Force | Out-Null
    Write-Host "Tugas dipasang: $Nama"
}

$HariKerja = "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"
Add-Tugas "Layanan" "serve" (New-ScheduledTaskTrigger -AtStartup) $Terus "Menjalankan Lumbung Inovasi sejak komputer menyala."
Add-Tugas "Malam" "malam" (New-ScheduledTaskTrigger -Daily -At "02:00") $Sekali "Memeriksa, mencadangkan, dan merapikan tiap malam."
Add-Tugas "Pengingat" "ingatkan" (New-ScheduledTaskTrigger -Weekly -DaysOfWeek $HariKerja -At "07:00") $Sekali "Pengingat tiap hari kerja."

Start-ScheduledTask -TaskPath "\Lumbung Inovasi\" -TaskName "Layanan"
Write-Host "Selesai. Buka http://localhost:8000 di peramban. Agar komputer lain dapat membukanya, izinkan port 8000 di Windows Firewall:"
Write-Host "    New-NetFirewallRule -DisplayName 'Lumbung Inovasi' -Direction Inbound -Protocol TCP -LocalPort 8000 -Profile Domain,Private -Action Allow"
